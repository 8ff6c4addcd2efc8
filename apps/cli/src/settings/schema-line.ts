/** The line at the top of a new file that tells editors its JSON Schema (the directive is taplo's and Even Better TOML's). */
export function schemaLine(name: 'config' | 'sessions'): string {
  return `#:schema https://raw.githubusercontent.com/azfleet/azfleet/main/apps/cli/schemas/${name}.schema.json\n`;
}
