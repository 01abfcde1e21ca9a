/** What is asked for, so that a preview can show the dark look anywhere. */
export const darkQuery = '(prefers-color-scheme: dark)'

/** What only a style sheet can say. `!important`, because every element has its own styles. */
export const mailStyle = `@media ${darkQuery} {
  .paper {
    background: #0f1412 !important;
  }
  .card {
    background: #18201c !important;
    color: #e7eee9 !important;
  }
  .soft {
    color: #a2b0a8 !important;
  }
  .link {
    color: #74d3b4 !important;
  }
  .box {
    background: #1d312a !important;
    color: #e7eee9 !important;
  }
  .fill {
    background: #74d3b4 !important;
  }
  .fill a {
    color: #06231a !important;
  }
  .edge {
    border-color: #74d3b4 !important;
  }
  .edge a {
    color: #74d3b4 !important;
  }
}
@media (max-width: 480px) {
  .card {
    padding: 24px 20px 8px !important;
  }
  .button,
  .button td {
    width: 100% !important;
  }
}
`
