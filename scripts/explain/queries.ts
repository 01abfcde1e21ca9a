import { relative } from 'node:path'
import ts from 'typescript'

/** A place in the code with a query. */
export interface QuerySite {
  /** Absolute path. */
  file: string
  /** Its position in the file, in UTF-16 units like V8's. */
  offset: number
  /** Path from the root and line: `src/clinic/idempotency.ts:52`. */
  place: string
  /** Its first words. */
  excerpt: string
  /** The texts between the values of an `sql` template, which are sent as written. Empty for Drizzle's builder. */
  texts: string[]
}

/** Methods that send a query, or begin to build one. */
const sending =
  /^(select(Distinct(On)?)?|insert|update|delete|execute|batch|with|\$with|\$count|transaction)$/
const databaseFiles = /[\\/]drizzle-orm[\\/](pg-core[\\/]db|neon-http[\\/]driver)\.d\.ts$/

/**
 * Finds every `sql` template and every query built on a Drizzle database, by their types instead of their names.
 *
 * @param files absolute paths; the files that they import are not searched.
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
  // In a chain of calls the method name is the position: `db` may be lines above it.
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
