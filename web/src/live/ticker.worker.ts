// Timers of a page in the background are slowed to one a minute; those of a worker are not.
onmessage = (event: MessageEvent<number>) => {
  setInterval(() => postMessage(null), event.data);
};
