// What the app finds in workerd, for tests that import the app into Node to look at its routes.
declare class HTMLRewriter {
  on(
    selector: string,
    handlers: {
      element(place: {
        setInnerContent(content: string, options: { html: boolean }): unknown
        prepend(content: string): unknown
      }): void
    },
  ): this
  transform(response: Response): Response
}
