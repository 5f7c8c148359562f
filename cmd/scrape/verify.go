package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"newsarchive/archive"
	"newsarchive/internal/bucket"
	"newsarchive/internal/spelling"
)

func (a *app) verifyCommand() *cobra.Command {
	var full, noExtract bool
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Check that the archive is as it was written",
		Long: `verify checks the manifest and its chain, that every sealed file is there with its
size, and the digests of small files. With --full it reads every byte: the digest of
every file and of every record, the links between records, the index, and every row
against its record; pages are extracted again, and where extractor and rules are the
same the text must be the same. Each fault is named with its file and offset. What is only
as it is because of a fault (a row whose record is damaged, the digest of that file) is
counted, and listed with -v or --json.

What a repair has set aside is no fault any more, so that new damage is not hidden by
old; --full says how many rows have lost their record by it, and still ends with 0.

The cache of the archive holds nothing of its own and is left out.`,
		Example: `  scrape verify
  scrape verify --full --json | jq -r 'select(.type=="fault") | .file'`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.verify(cmd.Context(), full, !noExtract) },
	}
	cmd.Flags().BoolVar(&full, "full", false, "read every byte")
	cmd.Flags().BoolVar(&noExtract, "no-extract", false, "with --full, do not extract pages again")
	return cmd
}

// faultLine is the line that --json prints for a fault, or for what follows from one.
type faultLine struct {
	Type   string `json:"type"` // "fault", "consequence"
	Kind   string `json:"kind"`
	File   string `json:"file"`
	Offset int64  `json:"offset"` // -1 for the whole file
	Record string `json:"record"`
	Detail string `json:"detail"`
}

// verified is the summary that --json prints at the end.
type verified struct {
	Type    string `json:"type"`
	Full    bool   `json:"full"`
	Sound   bool   `json:"sound"`
	Faults  int    `json:"faults"`
	Follow  int    `json:"consequences"` // of the faults
	Files   int    `json:"files"`
	Bytes   int64  `json:"bytes_read"`
	Records int    `json:"records"`
	Rows    int    `json:"rows"`
	Texts   int    `json:"texts_extracted_again"`
	Others  int    `json:"texts_of_other_rules"` // not extracted again: extractor or rules are not those of the row
	Bereft  int    `json:"rows_without_record"`  // a repair has told of the loss
	Took    int64  `json:"took_ms"`
}

func (a *app) verify(ctx context.Context, full, again bool) error {
	r, err := a.openArchive()
	if err != nil {
		return err
	}
	defer r.Close()
	var n archive.Checked
	o := archive.VerifyOptions{Full: full, Count: func(c archive.Checked) { n = c }}
	if again {
		x, err := a.extractor()
		if err != nil {
			return err
		}
		o.Extract = x.Extract
	}
	start, found, follow := time.Now(), 0, 0
	for f, err := range r.Verify(ctx, o) {
		if err != nil {
			return err
		}
		if f.Follows {
			follow++
		} else {
			found++
		}
		if err := a.fault(f); err != nil {
			return err
		}
	}
	if err := a.verified(verified{"summary", full, found+follow == 0, found, follow, n.Files, n.Bytes, n.Records, n.Rows, n.Texts, n.Others, n.Bereft, time.Since(start).Milliseconds()}); err != nil {
		return err
	}
	if found+follow > 0 {
		return saidCode(exitArchive)
	}
	return nil
}

func (a *app) fault(f archive.Fault) error {
	kind, mark := "fault", ""
	if f.Follows {
		kind, mark = "consequence", "  "
	}
	if a.json {
		return a.out.line(faultLine{kind, f.Kind, f.File, f.Offset, f.Record, f.Detail})
	}
	if f.Follows && !a.verbose {
		return nil
	}
	_ = a.out.foldIn(red, mark+pad(f.Kind, 8)+"  ", f.String()) // flush has the error
	return a.out.flush()
}

func (a *app) verified(v verified) error {
	if a.json {
		return a.out.line(v)
	}
	how := "quick check; --full reads every byte"
	if v.Full {
		how = fmt.Sprintf("%s, %s, %s extracted again%s, %s read", count(v.Records, "record"), count(v.Rows, "row"), count(v.Texts, "text"), byOthers(v.Others), spelling.Bytes(v.Bytes))
	}
	if v.Sound {
		a.say("sound: %s (%s)", count(v.Files, "file"), how)
	} else {
		a.say("%s%s in %s (%s); %s", count(v.Faults, "fault"), following(v.Follow), count(v.Files, "file"), how, a.mending())
	}
	if v.Bereft > 0 {
		a.say("%s", bereft(v.Bereft))
	}
	return nil
}

// byOthers tells why texts were not held against their pages.
func byOthers(rows int) string {
	if rows == 0 {
		return ""
	}
	return fmt.Sprintf(" (%s not: other extractor or rules read them; scrape reextract compares)", count(rows, "text"))
}

// following tells how much is as it is because of faults.
func following(n int) string {
	if n == 0 {
		return ""
	}
	return " and " + count(n, "consequence")
}

// bereft tells of rows whose record was lost for good.
func bereft(rows int) string {
	return have(rows, "row") + " lost the record to damage: what was read can no longer be held against the page"
}

// have is count as the subject of a sentence: "1 row has", "2 rows have".
func have(n int, one string) string {
	if n == 1 {
		return count(n, one) + " has"
	}
	return count(n, one) + " have"
}

// mending says what to do about faults.
func (a *app) mending() string {
	if bucket.Is(a.archiveDir) {
		return "a bucket is read only: where a push was cut off run scrape push again; else copy it to a folder, run scrape repair there, and scrape push that to another prefix"
	}
	return "scrape repair" + a.archiveFlag() + " keeps what is good"
}
