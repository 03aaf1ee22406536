// node deploy/healthy.mjs <url>: exit code 0 when it answers with a 2xx. The image has no curl.
try {
  const answer = await fetch(process.argv[2], { signal: AbortSignal.timeout(4_000) });
  process.exitCode = answer.ok ? 0 : 1;
} catch {
  process.exitCode = 1;
}
