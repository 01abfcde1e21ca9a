/** The subset of Markdown that our descriptions use: paragraphs, lists, `code` and **bold**. */
export function Prose({ text }: { text: string }) {
  const blocks = text.split('\n\n').filter(Boolean)
  return (
    <>
      {blocks.map((block) =>
        block.startsWith('- ') ? (
          <ul>
            {block.split('\n').map((line) => (
              <li>{inline(line.slice(2))}</li>
            ))}
          </ul>
        ) : (
          <p>{inline(block)}</p>
        ),
      )}
    </>
  )
}

function inline(text: string) {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((part) => {
    if (part.startsWith('`')) return <code>{part.slice(1, -1)}</code>
    return part.startsWith('**') ? <b>{part.slice(2, -2)}</b> : part
  })
}
