package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"lectern"
	"lectern/internal/build"
	"lectern/internal/course"
	"lectern/internal/diag"
)

func buildCommand() *cobra.Command {
	opts := build.Options{Defaults: lectern.Defaults}
	var audience, format string
	var quiet bool
	cmd := &cobra.Command{
		Use:   "build",
		Short: "Build the site",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			opts.Audience = course.Audience(audience)
			out := cmd.OutOrStdout()
			summary, diags, err := build.Build(cmd.Context(), opts)
			if err != nil {
				return err
			}
			_ = format
			_ = quiet
			if err := diag.Text(os.Stderr, diags); err != nil {
				return err
			}
			if summary.Errors > 0 {
				return errContent
			}
			return printSummary(out, summary)
		},
	}
	f := cmd.Flags()
	f.StringVar(&opts.Dir, "dir", ".", "folder of the work")
	f.StringVar(&opts.Dest, "dest", "public", "folder to put the site into")
	f.StringSliceVar(&opts.Languages, "lang", nil, "only these languages")
	f.StringSliceVar(&opts.Collections, "collection", nil, "only these collections")
	f.StringVar(&audience, "audience", string(course.Learner), "learner or facilitator")
	f.BoolVar(&opts.Drafts, "drafts", false, "with modules and lessons marked draft")
	return cmd
}

func printSummary(w io.Writer, s build.Summary) error {
	b, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(w, string(b))
	return err
}

func noArgs(_ *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usageError{fmt.Errorf("unexpected argument %q", args[0])}
	}
	return nil
}
