/* Material's search, fetched when somebody types: its index grows with the history, and hardly anyone searches a status
   page. Material takes the address of a worker from its configuration; this one stands before Material's own, whose name
   is in the address of this one. Messages as in Material's integrations/search/worker/message. */
"use strict";

const SETUP = 0;
const READY = 1;
const QUERY = 2;
const RESULT = 3;

const settings = new URLSearchParams(self.location.hash.slice(1));
let started;
let newest;

const start = async () => {
  const answer = await fetch(new URL("../../search/search_index.json", self.location));
  const index = await answer.json();
  const worker = new Worker(new URL(`../javascripts/workers/${settings.get("worker")}`, self.location));
  await new Promise((ready, failed) => {
    worker.onmessage = ready;
    worker.onerror = failed;
    worker.postMessage({ type: SETUP, data: { ...index, options: { suggest: settings.has("suggest") } } });
  });
  worker.onmessage = ({ data }) => postMessage(data);
  return worker;
};

self.onmessage = async ({ data: message }) => {
  if (message.type !== QUERY) return;
  newest = message;
  if (!started && !message.data.trim()) {
    postMessage({ type: RESULT, data: { items: [] } });
    return;
  }
  started ??= start();
  try {
    const worker = await started;
    if (message === newest) worker.postMessage(message);
  } catch {
    started = undefined; /* the network failed: the next key tries again */
  }
};

postMessage({ type: READY });
