import { relative } from 'node:path'
import ts from 'typescript'

/** A place in the code that says something in SQL. */
export interface QuerySite {
  /** Absolute. */
  file: string
  /** Where it begins in the file, in UTF-16 units, as V8 counts too. */
  offset: number
  /** `src/clinic/idempotency.ts:52`, from the root. */
  place: string
  /** The first words of it. */
  excerpt: string
  /** Of an `sql` template the text between its values, which is sent as it stands; of Drizzle's builder nothing. */
  texts: string[]
}

/** What sends, or begins to build what will be sent. */
const sending =
  /^(select(Distinct(On)?)?|insert|update|delete|execute|batch|with|\$with|\$count|transaction)$/
const databaseFiles = /[\\/]drizzle-orm[\\/](pg-core[\\/]db|neon-http[\\/]driver)\.d\.ts$/

/**
 * Every `sql` template and every query that is built on a Drizzle database, found by their types and not by their
 * names.
 *
 * @param files of the program, absolute; what they import is looked up, and not searched.
 */
export function findQueries(root: string, files: string[]): QuerySite[] {
  const program = ts.createProgram(files, optionsOf(root))
  const checker = program.getTypeChecker()
  const found: QuerySite[] = []
  const visit = (node: ts.Node, source: ts.SourceFile): void => {
    if (isSqlTemplate(node, checker) || isBuilt(node, checker)) found.push(toSite(root, source, node))
    ts.forEachChild(node, (child) => visit(child, source))
  }
  for (const file of files) {
    const source = program.getSourceFile(file)
    if (source) visit(source, source)
  }
  return found
}

function optionsOf(root: string): ts.CompilerOptions {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} }
  return ts.getParsedCommandLineOfConfigFile(`${root}/tsconfig.json`, {}, host)?.options ?? {}
}

function isSqlTemplate(node: ts.Node, checker: ts.TypeChecker): node is ts.TaggedTemplateExpression {
  if (!ts.isTaggedTemplateExpression(node)) return false
  const tag = checker.getSymbolAtLocation(node.tag)
  const meant = tag && tag.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(tag) : tag
  return declaredIn(meant, /[\\/]drizzle-orm[\\/]sql[\\/]sql\.d\.ts$/)
}

function isBuilt(node: ts.Node, checker: ts.TypeChecker): node is ts.CallExpression {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false
  const { name } = node.expression
  return sending.test(name.text) && declaredIn(checker.getSymbolAtLocation(name), databaseFiles)
}

function declaredIn(symbol: ts.Symbol | undefined, files: RegExp): boolean {
  return symbol?.declarations?.some((declared) => files.test(declared.getSourceFile().fileName)) ?? false
}

function toSite(
  root: string,
  source: ts.SourceFile,
  node: ts.TaggedTemplateExpression | ts.CallExpression,
): QuerySite {
  // Of a chain of calls the name counts: `db` stands before it, and may stand lines above.
  const at =
    ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) ? node.expression.name : node
  const offset = at.getStart(source)
  const { line } = source.getLineAndCharacterOfPosition(offset)
  return {
    file: source.fileName,
    offset,
    place: `${relative(root, source.fileName)}:${line + 1}`,
    excerpt: at === node ? inOneLine(node.getText(source)) : `.${inOneLine(at.getText(source))}(…)`,
    texts: ts.isTaggedTemplateExpression(node) ? textsOf(node.template) : [],
  }
}

function textsOf(template: ts.TemplateLiteral): string[] {
  const parts = ts.isNoSubstitutionTemplateLiteral(template)
    ? [template.text]
    : [template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)]
  return parts.filter((part) => part.trim())
}

const inOneLine = (text: string) => text.replace(/\s+/g, ' ').slice(0, 80)
