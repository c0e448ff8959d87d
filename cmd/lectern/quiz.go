package main

import (
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/spf13/cobra"

	"lectern"
	"lectern/internal/build"
	"lectern/internal/diag"
	"lectern/internal/pack/bank"
)

func quizCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "quiz", Short: "Exchange quizzes with other systems", Args: noArgs}
	cmd.AddCommand(quizExportCommand(), quizImportCommand())
	return cmd
}

func quizExportCommand() *cobra.Command {
	opts := build.BankOptions{Options: build.Options{Defaults: lectern.Defaults}}
	var format string
	cmd := &cobra.Command{
		Use:   "export [QUIZ...]",
		Short: "Write question banks for other systems",
		Long: `Writes quizzes as question banks, a folder for each language. A quiz is named by its path or the end of it, such as
interviewing/assessment; without a name all are written. What a format cannot say is listed, question by question.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := oneOf("to", opts.Format, build.BankFormats...); err != nil {
				return err
			}
			if err := oneOf("format", format, "text", "json"); err != nil {
				return err
			}
			opts.Quizzes = args
			files, diags, err := build.ExportQuizzes(opts)
			if err != nil {
				return err
			}
			if err := diag.Text(cmd.ErrOrStderr(), diags); err != nil {
				return err
			}
			errs, _ := diag.Count(diags)
			if format == "json" {
				return contentError(errs, printJSON(cmd.OutOrStdout(), files))
			}
			for _, f := range files {
				fmt.Fprintln(cmd.OutOrStdout(), f.Name)
				printLosses(cmd.OutOrStdout(), f.Losses)
			}
			return contentError(errs, nil)
		},
	}
	f := cmd.Flags()
	f.StringVar(&opts.Format, "to", "", "moodle-xml, gift, qti3, qti21 or csv")
	f.StringVar(&opts.Dest, "dest", "banks", "folder to write to")
	f.BoolVar(&opts.PerQuestion, "per-question", false, "a file for each question instead of each quiz")
	formatFlag(f, &format)
	siteFlags(f, &opts.Options)
	return cmd
}

func quizImportCommand() *cobra.Command {
	var format, dest string
	cmd := &cobra.Command{
		Use:   "import FILE",
		Short: "Read a question bank of another system",
		Long: `Reads a question bank and prints it as a quiz file, or writes it with --dest and its pictures beside it. What cannot be
read is listed. Nothing that is there is overwritten.`,
		Args: argCount(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := oneOf("from", format, build.ImportFormats...); err != nil {
				return err
			}
			out, in, err := build.ImportQuizzes(args[0], format, dest)
			if err != nil {
				return err
			}
			if err := diag.Text(cmd.ErrOrStderr(), in.Diags); err != nil {
				return err
			}
			printLosses(cmd.ErrOrStderr(), in.Losses)
			if dest == "" {
				if _, err := cmd.OutOrStdout().Write(out); err != nil {
					return err
				}
			}
			errs, _ := diag.Count(in.Diags)
			return contentError(errs, nil)
		},
	}
	cmd.Flags().StringVar(&format, "from", "", "moodle-xml, gift, qti3 or qti21")
	cmd.Flags().StringVar(&dest, "dest", "", "quiz file to write, such as quizzes/manual/03-evidence.yaml")
	return cmd
}

// printLosses names what was left out, each with the questions that it concerns.
func printLosses(w io.Writer, losses []bank.Loss) {
	var order []string
	questions := map[string][]string{}
	for _, l := range losses {
		if _, seen := questions[l.What]; !seen {
			order = append(order, l.What)
		}
		questions[l.What] = append(questions[l.What], path.Base(l.Question))
	}
	for _, what := range order {
		if of := strings.Join(questions[what], ", "); of != "." {
			fmt.Fprintf(w, "  left out: %s (%s)\n", what, of)
		} else {
			fmt.Fprintf(w, "  left out: %s\n", what)
		}
	}
}
