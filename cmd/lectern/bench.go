package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime/pprof"
	"strconv"

	"github.com/spf13/cobra"

	"lectern"
	"lectern/internal/bench"
)

func benchCommand() *cobra.Command {
	opts := bench.Options{Command: benchChild}
	var format, child, dir, profile string
	cmd := &cobra.Command{
		Use:   "bench",
		Short: "Measure a build against plain Hugo on the same pages",
		Long: `Generates a library, always the same for the same flags, and builds it and the same pages with Hugo alone, in turn, each in a
process of its own. Then changes one text under a preview. Trust the ratio of the CPU time most: other work on the machine slows
both. Nothing outside a temporary folder is written.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := oneOf("format", format, "text", "json"); err != nil {
				return err
			}
			if opts.Languages < 1 || opts.Languages > 6 || opts.Runs < 1 {
				return usageError{fmt.Errorf("--languages is from 1 to 6, and --runs at least 1")}
			}
			for _, pages := range opts.Pages {
				if pages < 1 {
					return usageError{fmt.Errorf("--pages %d is no size", pages)}
				}
			}
			if child != "" {
				return profiled(profile, func() error {
					return bench.Child(cmd.Context(), child, dir, bench.Work{Pages: opts.Pages[0], Languages: opts.Languages, Seed: opts.Seed}, lectern.Defaults, cmd.OutOrStdout())
				})
			}
			if format == "text" {
				opts.Progress = func(line string) { fmt.Fprintln(cmd.ErrOrStderr(), line) }
			}
			report, err := bench.Run(cmd.Context(), opts)
			if err != nil {
				return err
			}
			if format == "json" {
				return printJSON(cmd.OutOrStdout(), report)
			}
			return bench.Text(cmd.OutOrStdout(), report)
		},
	}
	f := cmd.Flags()
	f.IntSliceVar(&opts.Pages, "pages", []int{500}, "about how many pages, in all languages together; several sizes give a row each")
	f.IntVar(&opts.Languages, "languages", 6, "how many languages, 1 to 6")
	f.Uint64Var(&opts.Seed, "seed", 1, "of the words of the library")
	f.IntVar(&opts.Runs, "runs", 3, "how often to build with each; an odd number")
	f.StringVar(&opts.Keep, "keep", "", "leave the library, and plain Hugo's project, in this folder")
	formatFlag(f, &format)
	f.StringVar(&child, "child", "", "the part to do in this process")
	f.StringVar(&dir, "child-dir", "", "its folder")
	f.StringVar(&profile, "cpuprofile", "", "with --child: file for a CPU profile")
	for _, name := range []string{"child", "child-dir", "cpuprofile"} {
		_ = f.MarkHidden(name)
	}
	return cmd
}

// benchChild is this program again, for one part.
func benchChild(ctx context.Context, part, dir string, w bench.Work) *exec.Cmd {
	self, err := os.Executable()
	if err != nil {
		self = os.Args[0]
	}
	return exec.CommandContext(ctx, self, "bench", "--child", part, "--child-dir", dir, "--pages", strconv.Itoa(w.Pages),
		"--languages", strconv.Itoa(w.Languages), "--seed", strconv.FormatUint(w.Seed, 10))
}

func profiled(file string, run func() error) error {
	if file == "" {
		return run()
	}
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := pprof.StartCPUProfile(f); err != nil {
		return err
	}
	defer pprof.StopCPUProfile()
	return run()
}
