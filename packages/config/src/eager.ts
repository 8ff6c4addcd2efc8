/**
 * The type of a function that is compiled together with its module.
 *
 * V8 skims a function when it loads a module, and reads it once more, to compile it, at the first call. A function in
 * parentheses it compiles at once (https://v8.dev/blog/preparser). For what every fresh process calls, this saves one
 * of the two readings, and no call waits for the other. `satisfies Eager` makes a formatter keep the parentheses.
 */
export type Eager = (...parameters: never[]) => unknown;
