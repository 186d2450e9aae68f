// What this browser remembers. Storage can be full or forbidden: then a value lasts as long as the page.
const fallback = new Map();

export function recall(key, missing = null) {
  try {
    return localStorage.getItem(key) ?? missing;
  } catch {
    return fallback.get(key) ?? missing;
  }
}

export function keep(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    fallback.set(key, value);
  }
}

export function forget(key) {
  fallback.delete(key);
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was kept there.
  }
}
