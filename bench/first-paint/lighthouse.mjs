import { launch } from 'chrome-launcher'
import lighthouse from 'lighthouse'
import { CHROMIUM_FLAGS } from '../../tests/support/chromium.ts'

/** Categories, with what people call them. */
export const CATEGORIES = {
  performance: 'performance',
  accessibility: 'accessibility',
  'best-practices': 'best practices',
  seo: 'SEO',
}

/**
 * Lighthouse's mobile audit of a page, on a new Chromium, with its own simulated slow line and 4× slower processor.
 * @returns `scores` by category, 0 to 100, its own `largest` paint and `blocking` time in ms, and `lost`: audits of each
 *   category that did not get full marks
 */
export async function audit(url) {
  const chrome = await launch({
    chromePath: process.env.CHROMIUM_PATH,
    chromeFlags: ['--headless=new', ...CHROMIUM_FLAGS],
  })
  try {
    const { lhr } = await lighthouse(url, {
      port: chrome.port,
      output: 'json',
      logLevel: 'silent',
      onlyCategories: Object.keys(CATEGORIES),
    })
    if (lhr.runtimeError !== undefined) throw new Error(lhr.runtimeError.message)
    const categories = Object.entries(lhr.categories)
    return {
      scores: Object.fromEntries(categories.map(([id, { score }]) => [id, Math.round(score * 100)])),
      largest: lhr.audits['largest-contentful-paint'].numericValue,
      blocking: lhr.audits['total-blocking-time'].numericValue,
      lost: categories.flatMap(([, { auditRefs }]) =>
        auditRefs.filter((ref) => isLost(lhr.audits, ref)).map(({ id }) => id),
      ),
    }
  } finally {
    chrome.kill()
  }
}

/** Whether an audit that counts got less than full marks. */
function isLost(audits, { id, weight }) {
  const { score } = audits[id]
  return weight > 0 && score !== null && score < 1
}
