package page

import _ "embed" // the schema is a file, so that others can read it too

// ArticleSchema is the JSON Schema (draft 2020-12) of one Row.
//
//go:embed article.schema.json
var ArticleSchema string
