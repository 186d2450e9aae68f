// One polite line for screen readers, at most one in five seconds; of several, the last is said.
const REST_MS = 5_000;

export function startSpeech(element) {
  let saidAt = -Infinity;
  let timer = null;
  const say = (text) => {
    saidAt = performance.now();
    timer = null;
    element.textContent = text;
  };
  return (text) => {
    clearTimeout(timer);
    timer = setTimeout(() => say(text), Math.max(0, saidAt + REST_MS - performance.now()));
  };
}
