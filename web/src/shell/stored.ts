// localStorage that may be absent, full or forbidden (private windows): reading then finds nothing and
// writing says false, so that callers can go on without it.

export function readStored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function store(key: string, value: string): boolean {
  try {
    localStorage.setItem(key, value);
    return true;
  } catch {
    return false;
  }
}

export function forget(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was stored, so nothing is left behind.
  }
}

/** The stored JSON under `key` if `accept` recognises it, else `otherwise`. */
export function readStoredJson<T>(key: string, accept: (value: unknown) => value is T, otherwise: T): T {
  const text = readStored(key);
  if (text === null) return otherwise;
  try {
    const value: unknown = JSON.parse(text);
    return accept(value) ? value : otherwise;
  } catch {
    return otherwise;
  }
}

/** The stored keys that begin with `prefix`. */
export function storedKeys(prefix: string): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}
