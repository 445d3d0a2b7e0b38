// The proof of work the server asks for under abnormal load: find the number behind a hash (ALTCHA's SHA-256 scheme).

const encoder = new TextEncoder();
const BATCH = 500;

async function digest(text) {
  const hash = await crypto.subtle.digest("SHA-256", encoder.encode(text));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The solution as the server wants it (base64 of JSON), or null when there is none to be found. */
export async function solve(challenge) {
  if (!crypto.subtle) return null;
  for (let start = 0; start <= challenge.maxnumber; start += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, challenge.maxnumber - start + 1) }, (_, step) => start + step);
    const hashes = await Promise.all(numbers.map((number) => digest(challenge.salt + number)));
    const found = hashes.indexOf(challenge.challenge);
    if (found >= 0) {
      const { algorithm, challenge: target, salt, signature } = challenge;
      return btoa(JSON.stringify({ algorithm, challenge: target, number: numbers[found], salt, signature }));
    }
  }
  return null;
}
