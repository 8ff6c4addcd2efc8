import { mkdirSync } from 'node:fs';

/** Like the others it loses nothing when a process crashes, and may lose the last writes when the power fails. */
export async function open({ directory, addresses: [address] }) {
  const { DatabaseSync } = await import(address);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(`${directory}/entries.db`);
  database.exec('PRAGMA busy_timeout = 30000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
  database.exec('CREATE TABLE IF NOT EXISTS entries (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID');
  const read = database.prepare('SELECT value FROM entries WHERE key = ?');
  const write = database.prepare('INSERT OR REPLACE INTO entries VALUES (?, ?)');
  const getSync = (key) => {
    const row = read.get(key);
    return row && JSON.parse(row.value);
  };
  return {
    getSync,
    get: getSync,
    set: (key, value) => void write.run(key, JSON.stringify(value)),
    close: () => database.close(),
  };
}
