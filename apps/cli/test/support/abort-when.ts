/** Aborts as soon as something is the case: Ctrl-C at the right moment, whenever that is. */
export function abortWhen(isCase: () => boolean): AbortSignal {
  const controller = new AbortController();
  const look = (): void => {
    if (isCase()) controller.abort();
    else setImmediate(look);
  };
  look();
  return controller.signal;
}
