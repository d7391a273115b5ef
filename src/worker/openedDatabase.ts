import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

interface Opening<Schema extends DBSchema> {
  /** Makes the stores of a database that is new. */
  upgrade(created: IDBPDatabase<Schema>): void;
  /** What comes before all other use of it. */
  prepare?(database: IDBPDatabase<Schema>): Promise<unknown>;
}

/**
 * What opens a database of the browser's IndexedDB, once for all who ask. It gives way to another tab that wants to delete or
 * change it; where the browser refused or ended it, the next call opens it anew.
 */
export function openedDatabase<Schema extends DBSchema>(
  name: string,
  { upgrade, prepare }: Opening<Schema>,
): () => Promise<IDBPDatabase<Schema>> {
  let database: Promise<IDBPDatabase<Schema>> | undefined;
  const forget = () => {
    database = undefined;
  };
  const open = async () => {
    const opened = await openDB<Schema>(name, 1, {
      upgrade,
      blocking: (_current, _wanted, event) => {
        (event.target as IDBDatabase).close();
        forget();
      },
      terminated: forget,
    });
    await prepare?.(opened);
    return opened;
  };
  return () => {
    database ??= open();
    database.catch(forget);
    return database;
  };
}
