import { languages } from '../../i18n/languages.ts'
import type { Frame } from '../frame.ts'
import { changedPath } from '../paths.ts'

/** To the same page in the clinic's other languages; nothing if there is only one. */
export function LanguageLinks({ copy, here, languages: offered }: Frame) {
  if (offered.length < 2) return null
  return (
    <nav class="languages" aria-label={copy.languages}>
      <ul>
        {offered.map((code) => {
          const { language, name } = languages[code]
          return (
            <li>
              <a
                href={changedPath(here, { lang: code })}
                lang={language}
                hreflang={language}
                aria-current={language === copy.language ? 'true' : undefined}
              >
                {name}
              </a>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
