package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"newsarchive/archive"
)

func (a *app) repairCommand() *cobra.Command {
	var dry bool
	cmd := &cobra.Command{
		Use:   "repair",
		Short: "Make a damaged archive sound again; nothing is deleted",
		Long: `repair keeps every record and row that can be read where it is. Bytes that cannot be
read are kept as they were found under damaged/, with an account of each, and fillers
take their place, so that all offsets hold. Indexes are made again. Afterwards verify
finds the archive sound; rows whose record was lost stay, and their number is said.
It ends with 0 where all could be put right, with 3 where records, rows or files were
lost by what it found, and with 7 where faults are left.
Where rows were lost the captures are read again, and pages that have none any more are
named, with the command that gives them one.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if dry {
				return a.verify(cmd.Context(), true, true)
			}
			return a.repair(cmd.Context())
		},
	}
	cmd.Flags().BoolVar(&dry, "dry-run", false, "tell what is damaged, as verify --full does; write nothing")
	return cmd
}

// damageLine is the line that --json prints for what was set aside.
type damageLine struct {
	Type string `json:"type"`
	archive.Damage
	Lost bool `json:"lost"` // records or rows are gone with the bytes
}

// repaired is the summary that --json prints.
type repaired struct {
	Type    string   `json:"type"`
	Damages int      `json:"damages"`
	Lost    int      `json:"damages_lost"` // of these, whose records, rows or files could not be saved
	Files   []string `json:"files_mended"`
	Sound   bool     `json:"sound"`               // as verify --full finds, but for extracting again
	Bereft  int      `json:"rows_without_record"` // lost for good
	Rowless int      `json:"pages_without_row"`   // that reextract reads again
}

func whereKept(d archive.Damage) string {
	if d.Kept == "" {
		return "nothing of it could be kept"
	}
	return "kept in " + d.Kept
}

func (a *app) repair(ctx context.Context) error {
	done, err := archive.Repair(ctx, a.archiveDir)
	if err != nil {
		return a.noArchive(err)
	}
	for _, d := range done.Damages {
		if a.json {
			err = a.out.line(damageLine{"damage", d, d.Lost()})
		} else {
			err = a.out.fold("", fmt.Sprintf("%s, offset %d, %s: %s; %s", d.File, d.Offset, count(int(d.Length), "byte"), d.Reason, whereKept(d)))
		}
		if err != nil {
			return err
		}
	}
	return a.leftAfter(ctx, done)
}
