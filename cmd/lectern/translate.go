package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"lectern/internal/build"
	"lectern/internal/diag"
)

func translateCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "translate", Short: "Work with translations", Args: noArgs}
	cmd.AddCommand(syncCommand())
	return cmd
}

func syncCommand() *cobra.Command {
	var dir string
	var languages []string
	cmd := &cobra.Command{
		Use:   "sync",
		Short: "Bring the PO files up to the sources",
		Long: `Adds new texts to the PO files in translations, marks those whose source changed as fuzzy with the previous source,
and keeps translations of removed texts as obsolete. Entries that need no change keep their bytes.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			result, diags, err := build.Sync(dir, languages)
			if err != nil {
				return err
			}
			if err := diag.Text(os.Stderr, diags); err != nil {
				return err
			}
			if errs, _ := diag.Count(diags); errs > 0 {
				return errContent
			}
			for _, f := range result.Files {
				fmt.Fprintln(cmd.OutOrStdout(), f)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&dir, "dir", ".", "folder of the work")
	cmd.Flags().StringSliceVar(&languages, "lang", nil, "only these languages")
	return cmd
}
