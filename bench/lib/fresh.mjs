let asked = 0

/**
 * Headers with which our server has to render a page again, and asks the database for its record again. It keeps a page by
 * content version, day, address and the host it was asked at, for that stands in its canonical link; parameters that change
 * nothing on the page do not count. So each request names another host.
 */
export function freshHeaders() {
  asked += 1
  return { host: `n${asked}.bench.example` }
}
