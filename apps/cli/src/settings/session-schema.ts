/** The schema of sessions.toml. A change here needs a new `sessionsRevision`. */
import * as v from 'valibot';

const name = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9_-]{1,64}$/, 'a name of at most 64 letters, digits, "-" and "_"'),
  v.description('A name for a machine.'),
);

const idPhrase = 'the resource id of a virtual machine';
const machineId = v.pipe(
  v.string(idPhrase),
  v.regex(/^(?:\/[^/\s]+){8}$/, idPhrase),
  // Azure answers the same id in different cases; JSON Schema's patterns cannot say so.
  v.check(
    (id) => /^\/subscriptions\/.*\/resourcegroups\/.*\/microsoft\.compute\/virtualmachines\//i.test(id),
    idPhrase,
  ),
  v.description('The machine: its resource id.'),
);

/** sessions.toml. */
export const sessionSchema = v.record(name, machineId, 'a table of machines by name');
