import type { Child } from 'hono/jsx'

/** An element of hono/jsx before it becomes HTML. */
interface Element {
  tag: string
  props: Record<string, unknown>
  children: Child[]
}

const inline = ['a', 'b', 'bdi', 'br', 'span']

/**
 * Writes a mail's JSX as plain text. Blocks stand apart, a box is indented, and a link that stands alone is
 * `Label: address`. What is hidden from screen readers is left out.
 */
export function toText(child: Child): string {
  return write([child])
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

const write = (children: unknown[]): string =>
  resolve(children)
    .map((child) => (typeof child === 'string' ? child : writeElement(child)))
    .join('')

/** The texts and elements that components, fragments and lists come to. */
function resolve(children: unknown[]): (string | Element)[] {
  return children.flatMap((child): (string | Element)[] => {
    if (Array.isArray(child)) return resolve(child)
    if (typeof child === 'string' || typeof child === 'number') return [String(child)]
    if (typeof child !== 'object' || child === null || !('tag' in child)) return []
    const { tag, props, children: within } = child as Omit<Element, 'tag'> & { tag: unknown }
    if (typeof tag === 'function') return resolve([tag({ ...props, children: within })])
    return tag === '' ? resolve(within) : [child as Element]
  })
}

function writeElement({ tag, props, children }: Element): string {
  if (tag === 'head' || props['aria-hidden'] === 'true') return ''
  if (tag === 'br') return '\n'
  const text = write(children)
  if (tag === 'a') return String(props.href).startsWith('tel:') ? text : `${text} (${props.href})`
  if (inline.includes(tag)) return text
  const [only, ...others] = resolve(children)
  const isLinkAlone = others.length === 0 && typeof only === 'object' && only.tag === 'a'
  const block = isLinkAlone ? `${write(only.children)}: ${only.props.href}` : text
  return `\n\n${props.class === 'box' ? indent(block.trim()) : block}\n\n`
}

const indent = (text: string) => text.replace(/^(?=.)/gm, '  ')
