// Questions to a page inside the browser. Each function is sent as text, so it must stand alone.

/** Text that is cut off or needs sideways scrolling. */
export function findClipped(): string[] {
  const { scrollWidth } = document.documentElement
  const isWide = (element: Element) =>
    element.getBoundingClientRect().right > innerWidth + 1 &&
    !element.closest('.tabs, .tools, details:not([open]) *')
  const [widest] = [...document.body.querySelectorAll('*')].filter(isWide)
  const found =
    scrollWidth > innerWidth ? [`the page is ${scrollWidth} wide: ${widest?.outerHTML.slice(0, 120)}`] : []
  /** A pixel that is clipped away, which only screen readers read. */
  const isPixel = (element: Element) => {
    const { position, clipPath, overflow } = getComputedStyle(element)
    return [position, clipPath, overflow].join() === 'absolute,inset(50%),hidden'
  }
  const pixels = [...document.body.querySelectorAll('*')].filter(isPixel)
  // These scroll sideways on purpose: a day has many columns, and a row of tools may stay one row.
  const scrolling = '.cal, .tabs, .tools, .chips, .wait ol, .scroll'
  // An entry of a day is as high as it is long, and as wide as its column; the list shows all of it. Selects cut off their
  // options themselves.
  // The hours of an axis stand around their marks, which have no width.
  const excepted = `${scrolling}, .cal .track > li, .cal .track > li *, .hours span, .skip, svg, svg *, select, select *, input`
  const isShown = (element: Element) =>
    element.checkVisibility() &&
    !element.matches(excepted) &&
    !pixels.some((pixel) => pixel.contains(element))
  const textIn = (element: Element) =>
    [...element.childNodes].find((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim())
  for (const element of [...document.body.querySelectorAll('*')].filter(isShown)) {
    const { overflow, display } = getComputedStyle(element)
    const isTooWide = display !== 'inline' && element.scrollWidth > element.clientWidth
    const isTooHigh = /hidden|clip/.test(overflow) && element.scrollHeight > element.clientHeight
    const text = textIn(element)
    const range = document.createRange()
    if (text) range.selectNodeContents(text)
    const lines = text ? [...range.getClientRects()] : []
    const isReached = element.closest(scrolling) !== null
    const isOutside = lines.some(({ left, right }) => left < -0.5 || right > innerWidth + 0.5) && !isReached
    const isCutOff = [text && isTooWide, isTooHigh, isOutside].some(Boolean)
    if (isCutOff) found.push(`${element.outerHTML.slice(0, 120)} is cut off`)
  }
  return found
}

/**
 * Targets smaller than a fingertip, except links in sentences (WCAG 2.5.5). In a day, free rows and entries of less than a
 * quarter of an hour are as high as they are long, and buttons inside entries have 40 pixels on touch and 24 with a mouse.
 */
export function findSmallTargets(): string[] {
  const operable = 'a[href], button, input:not([type=hidden]), select, textarea, summary'
  const isWithinText = (element: Element) =>
    getComputedStyle(element).display === 'inline' &&
    [...(element.parentElement?.childNodes ?? [])].some(
      (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
    )
  /** What takes the press: the label, or everything over which a link spreads itself. */
  const areaOf = (element: HTMLElement): Element => {
    const { content, position, inset } = getComputedStyle(element, '::before')
    const spreads = content !== 'none' && position === 'absolute' && inset === '0px'
    const isPlaced = getComputedStyle(element).position !== 'static'
    return (spreads && !isPlaced && element.offsetParent) || element.closest('label') || element
  }
  const isTouch = matchMedia('(pointer: coarse), (max-width: 47.99rem)').matches
  const leastHeight = (element: HTMLElement, area: Element) => {
    if (element.matches('.appt button')) return isTouch ? 40 : 24
    const isShort = area.matches('.appt.n1, .appt.n2')
    return element.matches('.free a') || isShort || (area.matches('.appt') && !isTouch) ? 0 : 44
  }
  return [...document.querySelectorAll<HTMLElement>(operable)].flatMap((element) => {
    const isShown = element.checkVisibility({ visibilityProperty: true, opacityProperty: false })
    if (!isShown || isWithinText(element)) return []
    if (element.matches('.skip')) element.focus()
    const area = areaOf(element)
    const { width, height } = area.getBoundingClientRect()
    return Math.round(width) >= 44 && Math.round(height) >= leastHeight(element, area)
      ? []
      : `${element.outerHTML.slice(0, 80)} is ${Math.round(width)} × ${Math.round(height)}`
  })
}

/**
 * Edges of fields and buttons, and two-pixel focus outlines, with a contrast below 3:1 (WCAG 1.4.11, which axe does not
 * check).
 */
export function findFaint(): string[] {
  const operable = 'a[href], button, input:not([type=hidden]), select, textarea, summary'
  const hasEdge =
    'input:not([type=hidden], [type=checkbox], [type=radio]), select, button:not(.link, .bare), .button'
  const light = (color: string) =>
    (color.match(/[\d.]+/g) ?? [])
      .slice(0, 3)
      .map((part) => Number(part) / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
      .reduce((sum, part, n) => sum + part * ([0.2126, 0.7152, 0.0722][n] ?? 0), 0.05)
  const groundOf = (element: Element | null): string => {
    const { backgroundColor } = getComputedStyle(element ?? document.body)
    return element && /, 0\)$/.test(backgroundColor) ? groundOf(element.parentElement) : backgroundColor
  }
  const isPlain = (element: Element, color: string, width: string, style: string, least: number) => {
    const [a, b] = [light(color), light(groundOf(element.parentElement))]
    return style === 'solid' && Number.parseFloat(width) >= least && Math.max(a, b) / Math.min(a, b) >= 3
  }
  return [...document.querySelectorAll<HTMLElement>(operable)].flatMap((element) => {
    if (!element.checkVisibility({ visibilityProperty: true })) return []
    element.focus()
    const name = element.outerHTML.slice(0, 80)
    if (document.activeElement !== element) return `${name} takes no focus`
    // A choice is outlined as a whole, and so is an entry of the day.
    const outlined =
      [element, element.closest('label'), element.closest('li')].find(
        (one) => one && getComputedStyle(one).outlineStyle !== 'none',
      ) ?? element
    const { outlineColor, outlineWidth, outlineStyle } = getComputedStyle(outlined)
    const style = getComputedStyle(element)
    const edge = [style.borderTopColor, style.borderTopWidth, style.borderTopStyle] as const
    return [
      ...(isPlain(element, outlineColor, outlineWidth, outlineStyle, 2) ? [] : [`${name} hides its focus`]),
      ...(element.matches(hasEdge) && !isPlain(element, ...edge, 1) ? [`${name} has a faint edge`] : []),
    ]
  })
}

/** The page's headings, landmarks and languages. */
export function readOutline() {
  const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)]
  return {
    lang: document.documentElement.lang,
    title: document.title,
    headings: all('h1, h2, h3, h4, h5, h6').map(({ localName }) => Number(localName[1])),
    landmarks: all('body > header, body > main, body > footer').map(({ localName }) => localName),
    links: all(':is(header, footer) nav a[hreflang]').map((link) => [
      link.lang,
      link.getAttribute('hreflang'),
      link.textContent,
    ]),
  }
}

/** What has focus when the page opens, and how each problem is tied to its field. */
export async function readProblems() {
  const textOf = (ids: string | null | undefined) =>
    (ids ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent ?? '')
      .join(' ')
      .trim()
  await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))
  const { activeElement } = document
  const wrong = [...document.querySelectorAll('[aria-invalid=true]')]
  return {
    focused: activeElement?.id,
    firstWrong: wrong[0]?.id,
    /** What says why nothing was done. */
    summary: document.querySelector('#summary, .say[autofocus]')?.id,
    /** Where the page wants its reader to begin; a preview begins at the dates. */
    wished: document.querySelector('[autofocus], #dates-title')?.id,
    label: textOf(activeElement?.getAttribute('aria-labelledby')),
    description: textOf(activeElement?.getAttribute('aria-describedby')),
    said: wrong.map((field) => textOf(field.getAttribute('aria-describedby'))),
    shown: [...document.querySelectorAll('.problem')].map(({ textContent }) => textContent),
  }
}

/** Everything that can be operated, in reading order, with its position. */
export function readOperable() {
  const operable = 'a[href], button, input:not([type=hidden]), select, textarea, summary'
  return [...document.querySelectorAll<HTMLElement>(operable)]
    .filter((element) => element.checkVisibility())
    .map((element, n) => {
      element.dataset.place = String(n)
      const { top, bottom, left } = element.getBoundingClientRect()
      return { name: element.outerHTML.slice(0, 80), top: top + scrollY, bottom: bottom + scrollY, left }
    })
}
