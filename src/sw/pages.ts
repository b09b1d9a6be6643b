/** What the server answers itself: data, files and what is meant for machines. */
const SERVER_PATHS = /^\/(?:api|sync|media|healthz)(?:\/|$)/

/**
 * Whether a navigation asks for a page of the app, which the shell then shows from the phone. Pages have no dot in the last
 * part of their path: `/feed.xml`, `/robots.txt` and the files of the build are not pages.
 * @param origin of this site
 */
export function isAppPage(url: URL, origin: string): boolean {
  return url.origin === origin && !SERVER_PATHS.test(url.pathname) && !/\.[^/]*$/.test(url.pathname)
}
