/*
 * Runs in the page, so it refers to nothing outside itself: makes the document one file. Scripts and whatever asks for
 * another file go; of the stylesheets the rules that this page uses stay, inlined.
 */
export function bareDocument() {
  const matches = (selectors) => {
    const elements = selectors.replace(/(^|[\s,>+~])::/g, '$1*::').replace(/::[\w-]+(\([^)]*\))?/g, '')
    return document.querySelector(elements) !== null
  }
  const used = (rule) => {
    if (rule instanceof CSSStyleRule) return matches(rule.selectorText) ? rule.cssText : ''
    if (rule instanceof CSSMediaRule && !matchMedia(rule.media.mediaText).matches) return ''
    if (rule instanceof CSSKeyframesRule || rule.cssRules === undefined) return ''
    const inner = [...rule.cssRules].map(used).join('')
    return inner === '' ? '' : `${rule.cssText.slice(0, rule.cssText.indexOf('{'))}{${inner}}`
  }
  const style = document.createElement('style')
  style.textContent = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules].map(used)).join('')

  const others = 'script, noscript, style, link:not([rel~="icon"]):not([rel="canonical"])'
  for (const element of document.querySelectorAll(others)) element.remove()
  document.head.append(style)
  const files = [...document.querySelectorAll('img[src], link[rel~="icon"]')].map(
    (element) => element.src || element.href,
  )
  return { html: `<!doctype html>${document.documentElement.outerHTML}`, files: [...new Set(files)] }
}
