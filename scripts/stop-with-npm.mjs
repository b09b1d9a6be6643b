/** How often to look whether npm is still there, in milliseconds. */
const LOOK_MS = 250

/** `kill` of npm ends npm and the shell it started us with, which does not pass the signal on: we would be left running. */
export function stopWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return
  const parent = process.ppid
  const look = () => process.ppid !== parent && process.kill(process.pid, 'SIGTERM')
  setInterval(look, LOOK_MS).unref()
}
