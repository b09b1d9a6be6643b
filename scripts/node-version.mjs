/*
 * Imported first by every script, for its effect: stops with one line on a Node that cannot run Luodi. Nothing in
 * scripts/ may use syntax that Node 14 cannot parse, or that line would be a syntax error instead.
 */
const [major, minor] = process.versions.node.split('.').map(Number)
const good = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22

if (!good) {
  console.error(
    `Luodi needs Node 20.19 or newer (in the 22 line: 22.12); this is ${process.version}. Get one from https://nodejs.org`,
  )
  process.exit(1)
}
