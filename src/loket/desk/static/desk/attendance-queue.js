// What was pressed and is not sent yet, kept on this phone. Without this file forms send themselves.
(() => {
  "use strict";

  const open = () => new Promise((resolve, reject) => {
    const request = indexedDB.open("loket-attendance", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("queue", { keyPath: "key" });
      request.result.createObjectStore("known");
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

  const ask = async (store, mode, act) => {
    const database = await open();
    try {
      return await new Promise((resolve, reject) => {
        const transaction = database.transaction(store, mode);
        const request = act(transaction.objectStore(store));
        transaction.oncomplete = () => resolve(request.result);
        transaction.onerror = () => reject(transaction.error);
        transaction.onabort = () => reject(transaction.error);
      });
    } finally {
      database.close();
    }
  };

  window.attendanceQueue = {
    // In the order of pressing.
    all: async () => (await ask("queue", "readonly", (store) => store.getAll()))
      .sort((one, other) => one.claimed_at.localeCompare(other.claimed_at)),
    put: (item) => ask("queue", "readwrite", (store) => store.put(item)),
    drop: (key) => ask("queue", "readwrite", (store) => store.delete(key)),
    contact: () => ask("known", "readonly", (store) => store.get("contact")),
    keepContact: (word) => ask("known", "readwrite", (store) => store.put(word, "contact")),
  };
})();
