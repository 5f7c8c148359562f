package main

// problemEvent is a line of "rules lint --json" and "rules import --json".
type problemEvent struct {
	Type  string `json:"type"`  // "rule_problem"
	Level string `json:"level"` // "error", "warning"; "unsupported" for lines that were not imported
	File  string `json:"file"`
	Line  int    `json:"line"` // 0 for the whole file, or where text names it
	Text  string `json:"text"`
	Why   string `json:"why"`
}

// testEvent is one test of a rule.
type testEvent struct {
	Type  string   `json:"type"` // "rule_test"
	Rule  string   `json:"rule"`
	File  string   `json:"file"`
	Line  int      `json:"line"`
	URL   string   `json:"url"`
	Pass  bool     `json:"pass"`
	Wrong []string `json:"wrong"`
}

// runEvent is one rule's run over archived pages.
type runEvent struct {
	Type         string         `json:"type"` // "rule_run"
	Rule         string         `json:"rule"`
	File         string         `json:"file"`
	Line         int            `json:"line"`
	Pages        int            `json:"pages"`
	Taken        int            `json:"taken"`
	SetAside     map[string]int `json:"set_aside"` // pages by reason
	Words        int            `json:"word_count"`
	WordsGeneral int            `json:"word_count_general"` // without the rule
}

// rulesSummary ends the output of the commands that count. Keys without a meaning
// for the command are 0.
type rulesSummary struct {
	Type     string `json:"type"` // "summary"
	Files    int    `json:"files"`
	Rules    int    `json:"rules"`
	Problems int    `json:"problems"`
	Errors   int    `json:"errors"`
	Passed   int    `json:"passed"`
	Failed   int    `json:"failed"`
	Pages    int    `json:"pages"`
}
