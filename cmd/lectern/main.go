// Lectern assembles training modules into a site that works offline.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"lectern/internal/publish"
)

// Exit codes, the same for every command.
const (
	exitContent = 1 // the content has errors
	exitUsage   = 2 // the command line is wrong
	exitMachine = 3 // reading, writing or another program failed
)

// errContent ends a command whose diagnostics were printed.
var errContent = errors.New("the content has errors")

// usageError is a mistake in the command line.
type usageError struct{ error }

func main() { os.Exit(run(os.Args[1:])) }

func run(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	root := &cobra.Command{
		Use:           "lectern",
		Short:         "Build training modules in many languages into a site that works offline",
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.AddCommand(benchCommand(), buildCommand(), checkCommand(), newCommand(), quizCommand(), serveCommand(), translateCommand())
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	var usage usageError
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errContent):
		return exitContent
	case errors.As(err, &usage):
		fmt.Fprintf(os.Stderr, "lectern: %v\n  hint: lectern help lists the commands and their flags\n", err)
		return exitUsage
	}
	fmt.Fprintf(os.Stderr, "lectern: %v\n", err)
	if errors.Is(err, publish.ErrForeign) {
		fmt.Fprintln(os.Stderr, "  hint: name an empty folder, or one that lectern built, with --dest")
		return exitUsage
	}
	return exitMachine
}
