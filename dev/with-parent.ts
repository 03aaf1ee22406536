// Loaded before the entry of a supervised process: when the supervisor is killed, the process drains and ends too.
if (process.channel) {
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  // Listening must not keep a drained process alive.
  process.channel.unref();
}

export {};
