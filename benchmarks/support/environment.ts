/** Variables that would lead a measured process to the user's own Azure, files or proxies, or change how Node runs. */
const ofTheUser = /^(?:AZURE|AZFLEET|ARM|IDENTITY|MSI|XDG|NODE)_|_PROXY$/i;

/** This process's environment without what is the user's own, and with a home directory of its own. */
export function cleanEnvironment(home: string): Record<string, string> {
  const kept = Object.entries(process.env).filter(([name]) => !ofTheUser.test(name)) as [string, string][];
  return { ...Object.fromEntries(kept), HOME: home, USERPROFILE: home, NO_PROXY: '127.0.0.1,localhost' };
}
