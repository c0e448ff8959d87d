package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"lectern"
	"lectern/internal/build"
	"lectern/internal/course"
	"lectern/internal/diag"
)

func buildCommand() *cobra.Command {
	opts := build.Options{Defaults: lectern.Defaults}
	var format string
	var quiet bool
	cmd := &cobra.Command{
		Use:   "build",
		Short: "Build the site",
		Long: `Builds the site of the work in this folder into public. The destination is replaced whole or not at all:
when the content has errors, or the build fails or is stopped, what was there stays.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := oneOf("format", format, "text", "json"); err != nil {
				return err
			}
			if !quiet && format == "text" {
				progress(cmd.ErrOrStderr(), &opts)
			}
			if !cmd.Flags().Changed("dest") && opts.Audience == course.Facilitator {
				opts.Dest = "public-facilitator" // never over the learners' site
			}
			return runBuild(cmd.Context(), cmd.OutOrStdout(), cmd.ErrOrStderr(), opts, format, quiet)
		},
	}
	f := cmd.Flags()
	f.StringVar(&opts.Dest, "dest", "public", "folder to put the site into (public-facilitator for that audience)")
	f.BoolVar(&quiet, "quiet", false, "print problems only")
	formatFlag(f, &format)
	siteFlags(f, &opts)
	return cmd
}

// siteFlags are those of every command that makes a site.
func siteFlags(f *pflag.FlagSet, opts *build.Options) {
	opts.Audience = course.Learner
	f.StringVar(&opts.Dir, "dir", ".", "folder of the work")
	f.StringSliceVar(&opts.Languages, "lang", nil, "only these languages, such as ar,fr")
	f.StringSliceVar(&opts.Collections, "collection", nil, "only these collections")
	f.Var((*audienceFlag)(&opts.Audience), "audience", "learner or facilitator")
	f.BoolVar(&opts.Drafts, "drafts", false, "with modules and lessons marked draft")
}

func formatFlag(f *pflag.FlagSet, format *string) {
	f.StringVar(format, "format", "text", "text or json")
}

type audienceFlag course.Audience

func (a *audienceFlag) String() string { return string(*a) }
func (a *audienceFlag) Type() string   { return "audience" }
func (a *audienceFlag) Set(s string) error {
	if s != string(course.Learner) && s != string(course.Facilitator) {
		return fmt.Errorf("the audience is learner or facilitator")
	}
	*a = audienceFlag(s)
	return nil
}

func oneOf(flag, value string, choices ...string) error {
	for _, c := range choices {
		if value == c {
			return nil
		}
	}
	return usageError{fmt.Errorf("--%s is one of %v, not %q", flag, choices, value)}
}

// progress prints a line for every stage that ended.
func progress(w io.Writer, opts *build.Options) {
	opts.Progress = func(s build.Stage) { fmt.Fprintf(w, "%-9s %6.2f s  %s\n", s.Name, s.Seconds, s.Detail) }
}

func runBuild(ctx context.Context, out, problems io.Writer, opts build.Options, format string, quiet bool) error {
	opts.Log = func(line string) { fmt.Fprintln(problems, line) }
	summary, diags, err := build.Build(ctx, opts)
	if err != nil {
		return err
	}
	if format == "json" {
		if diags == nil {
			diags = []diag.Diagnostic{}
		}
		return contentError(summary.Errors, printJSON(out, struct {
			build.Summary
			Diagnostics []diag.Diagnostic `json:"diagnostics"`
		}{summary, diags}))
	}
	if err := diag.Text(problems, diags); err != nil {
		return err
	}
	if summary.Errors > 0 {
		fmt.Fprintf(problems, "nothing was written: %s\n", count(summary.Errors, summary.Warnings))
		return errContent
	}
	if quiet {
		return nil
	}
	return printSummary(out, summary)
}

func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// contentError is err, or errContent when the content has errors.
func contentError(errors int, err error) error {
	if err == nil && errors > 0 {
		return errContent
	}
	return err
}

func printSummary(w io.Writer, s build.Summary) error {
	pages := 0
	for _, l := range s.Languages {
		pages += l.Pages
	}
	fmt.Fprintf(w, "\n%d pages in %s, %s, %.1f s", pages, plural(len(s.Languages), "language"), size(s.Bytes), s.Seconds)
	if s.Warnings > 0 {
		fmt.Fprintf(w, ", %s", plural(s.Warnings, "warning"))
	}
	fmt.Fprintln(w)
	for _, l := range s.Languages {
		fmt.Fprintf(w, "  %-6s %4d pages  %s\n", l.Lang, l.Pages, state(l))
	}
	_, err := fmt.Fprintf(w, "Open %s in a browser, or run: lectern serve\n", filepath.Join(s.Dest, "index.html"))
	return err
}

// state says how far a language is translated.
func state(l build.LanguageSummary) string {
	if l.Translated+l.Drifted+l.Untranslated == 0 {
		return fmt.Sprintf("%d texts, the language of the sources", l.Texts)
	}
	s := fmt.Sprintf("%d of %d texts translated", l.Translated, l.Texts)
	if l.Drifted > 0 {
		s += fmt.Sprintf(", %d changed since", l.Drifted)
	}
	return s
}

func size(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%.0f kB", float64(n)/1000)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func count(errors, warnings int) string {
	return plural(errors, "error") + ", " + plural(warnings, "warning")
}

func noArgs(_ *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usageError{fmt.Errorf("unexpected argument %q", args[0])}
	}
	return nil
}
