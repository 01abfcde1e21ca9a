import { raw } from 'hono/html'
import type { PropsWithChildren } from 'hono/jsx'
import { mailStyle } from './mail-style.ts'
import type { OccasionLines } from './occasion.ts'

export interface Link {
  label: string
  url: string
}

/** The main one of a mail is filled. */
export interface ButtonLink extends Link {
  isMain: boolean
}

/** What a mail shows, from top to bottom. */
export type MailBlock =
  | { kind: 'paragraph'; lines: (string | Link)[][] }
  | { kind: 'box'; occasions: OccasionLines[] }
  | { kind: 'buttons'; links: ButtonLink[] }

export interface MailContent {
  language: string
  dir: string
  subject: string
  /** What a list of mails shows beside the subject. */
  preheader: string
  blocks: MailBlock[]
  /** The small print under it. */
  foot: MailBlock[]
}

// Mail programs ignore much of a style sheet, so each element carries its own styles.
const font = "font-family: -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"
const text = `${font}; font-size: 16px; line-height: 1.5; mso-line-height-rule: exactly`

/** Outlook knows only these. */
const tight = { cellspacing: '0', cellpadding: '0' }

/** A mail. Its HTML and its plain text are both made from this. */
export function Mail({ mail }: { mail: MailContent }) {
  const { language, dir, subject, preheader, blocks, foot } = mail
  return (
    <html lang={language} dir={dir}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <meta name="format-detection" content="telephone=no, date=no, address=no" />
        <title>{subject}</title>
        <style>{raw(mailStyle)}</style>
      </head>
      <body class="paper" style="margin: 0; padding: 0; background: #f4f6f3">
        <div aria-hidden="true" style="display: none; max-height: 0; overflow: hidden">
          {preheader}
        </div>
        {/* biome-ignore lint/a11y/useSemanticElements: mail programs drop elements of HTML 5. */}
        <div lang={language} dir={dir} role="article" aria-roledescription="email" aria-label={subject}>
          <Column>
            <tr>
              <td
                class="card"
                style={`padding: 32px 32px 16px; background: #ffffff; color: #16211c; border-radius: 12px; ${text}`}
              >
                {blocks.map((block) => (
                  <BlockOf block={block} />
                ))}
              </td>
            </tr>
            <tr>
              <td
                class="soft"
                style={`padding: 16px 20px 32px; color: #54625b; ${text.replace('16px', '14px')}`}
              >
                {foot.map((block) => (
                  <BlockOf block={block} isSmall />
                ))}
              </td>
            </tr>
          </Column>
        </div>
      </body>
    </html>
  )
}

/** At most 600 pixels wide and in the middle, in Outlook, too, which only keeps to tables. */
function Column({ children }: PropsWithChildren) {
  return (
    <table role="presentation" class="paper" width="100%" style="background: #f4f6f3" {...tight}>
      <tr>
        <td align="center" style="padding: 24px 12px">
          <table
            role="presentation"
            width="600"
            style="width: 100%; max-width: 600px; text-align: left"
            {...tight}
          >
            {children}
          </table>
        </td>
      </tr>
    </table>
  )
}

function BlockOf({ block, isSmall = false }: { block: MailBlock; isSmall?: boolean }) {
  if (block.kind === 'box') return <Box occasions={block.occasions} />
  if (block.kind === 'buttons')
    return (
      <>
        {block.links.map((link) => (
          <Button {...link} />
        ))}
      </>
    )
  return (
    <p style={`margin: 0 0 ${isSmall ? 0 : 16}px`}>
      {block.lines.map((line, n) => (
        <>
          {n > 0 && <br />}
          {line.map((piece) =>
            typeof piece === 'string' ? (
              <Lines text={piece} />
            ) : (
              <TextLink {...piece} isAlone={line.length === 1} />
            ),
          )}
        </>
      ))}
    </p>
  )
}

/** The clinic's words may have several lines. */
function Lines({ text: written }: { text: string }) {
  return (
    <>
      {written.split(/\r?\n/).map((line, n) => (
        <>
          {n > 0 && <br />}
          {line}
        </>
      ))}
    </>
  )
}

/** One that stands alone is high enough for a fingertip. */
function TextLink({ label, url, isAlone }: Link & { isAlone: boolean }) {
  const styles = [
    'color: #0b6652; text-decoration: underline',
    url.startsWith('tel:') && 'white-space: nowrap',
    isAlone && 'display: inline-block; padding: 12px 0',
  ]
  return (
    <a class="link" href={url} style={styles.filter(Boolean).join('; ')}>
      {label}
    </a>
  )
}

function Box({ occasions }: { occasions: OccasionLines[] }) {
  return (
    <>
      {occasions.map(({ start, lines }, n) => (
        <table
          role="presentation"
          width="100%"
          style={`margin: 0 0 ${n === occasions.length - 1 ? 16 : 8}px`}
          {...tight}
        >
          <tr>
            <td
              class="box"
              style={`padding: 14px 16px; background: #e3efe9; color: #16211c; border-radius: 8px; ${text}`}
            >
              <b style="font-size: 20px">{start}</b>
              {lines.map((line) => (
                <>
                  <br />
                  {line}
                </>
              ))}
            </td>
          </tr>
        </table>
      ))}
    </>
  )
}

function Button({ label, url, isMain }: ButtonLink) {
  const look = isMain ? 'background: #0b6652' : 'border: 1px solid #0b6652'
  return (
    <table role="presentation" class="button" style="margin: 0 0 16px" {...tight}>
      <tr>
        <td
          class={isMain ? 'fill' : 'edge'}
          align="center"
          style={`padding: 0; ${look}; border-radius: 8px; ${text}`}
        >
          <a
            href={url}
            style={`display: block; padding: 12px 24px; color: ${isMain ? '#ffffff' : '#0b6652'}; font-weight: bold; text-decoration: none; ${text}`}
          >
            {label}
          </a>
        </td>
      </tr>
    </table>
  )
}
