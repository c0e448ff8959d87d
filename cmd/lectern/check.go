package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"lectern"
	"lectern/internal/build"
	"lectern/internal/diag"
)

func checkCommand() *cobra.Command {
	opts := build.Options{Defaults: lectern.Defaults}
	var format string
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Check the content and write nothing",
		Long: `Checks sources and translations, and prints every problem as file:line:col with a rule and what to do. Ends with status 1
when there are errors; warnings alone are fine.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := oneOf("format", format, "text", "json"); err != nil {
				return err
			}
			diags, err := build.Check(opts)
			if err != nil {
				return err
			}
			errs, warns := diag.Count(diags)
			if format == "json" {
				return contentError(errs, diag.JSON(cmd.OutOrStdout(), diags))
			}
			if err := diag.Text(cmd.OutOrStdout(), diags); err != nil {
				return err
			}
			fmt.Fprintln(cmd.ErrOrStderr(), count(errs, warns))
			return contentError(errs, nil)
		},
	}
	formatFlag(cmd.Flags(), &format)
	siteFlags(cmd.Flags(), &opts)
	return cmd
}
