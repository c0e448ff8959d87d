package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lectern"
	"lectern/internal/build"
	"lectern/internal/diag"
	"lectern/internal/serve"
)

func serveCommand() *cobra.Command {
	opts := build.Options{Defaults: lectern.Defaults}
	var port int
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Show the site while it is written",
		Long: `Serves the site to this machine, and loads open pages again when a source changes. A file with errors shows them
in the page; the last good pages stay. Drafts are shown.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			out := cmd.OutOrStdout()
			opts.Log = func(line string) { fmt.Fprintln(cmd.ErrOrStderr(), line) }
			began := time.Now()
			preview, err := build.NewPreview(cmd.Context(), opts)
			if err != nil {
				return err
			}
			defer preview.Close()
			l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
			if err != nil {
				return fmt.Errorf("listen: %w (choose another port with --port)", err)
			}
			if err := diag.Text(out, preview.Diagnostics()); err != nil {
				return err
			}
			fmt.Fprintf(out, "http://%s/  (ready in %.1f s; Ctrl+C ends)\n", l.Addr(), time.Since(began).Seconds())
			server := serve.New(rendered{cmd.Context(), preview, out})
			ctx, stop := context.WithCancelCause(cmd.Context())
			go func() {
				stop(serve.Watch(ctx, opts.Dir, func(names []string) { follow(ctx, out, preview, server, names) }))
			}()
			if err := server.Serve(ctx, l); err != nil {
				return err
			}
			if err := context.Cause(ctx); err != nil && cmd.Context().Err() == nil {
				return err
			}
			return nil
		},
	}
	siteFlags(cmd.Flags(), &opts)
	opts.Drafts = true
	cmd.Flags().IntVar(&port, "port", 1414, "port to serve on; 0 chooses a free one")
	return cmd
}

// follow brings the preview up to a change and says what it did.
func follow(ctx context.Context, out io.Writer, preview *build.Preview, server *serve.Server, names []string) {
	update, err := preview.Update(ctx, names)
	if err != nil {
		fmt.Fprintf(out, "lectern: %v\n", err)
		return
	}
	what := "everything"
	if update.Modules != nil {
		what = strings.Join(update.Modules, ", ")
	}
	fmt.Fprintf(out, "%s changed: %s again in %.0f ms\n", strings.Join(names, ", "), what, update.Seconds*1000)
	_ = diag.Text(out, update.Diagnostics)
	server.Reload()
}

// rendered is a preview that tells what each rendering wrote.
type rendered struct {
	ctx context.Context
	*build.Preview
	out io.Writer
}

func (r rendered) Render(lang string) error {
	done, err := r.Preview.Render(r.ctx, lang)
	if done != nil {
		fmt.Fprintf(r.out, "  %s: %s written in %.0f ms\n", lang, plural(len(done.Files), "page"), done.Seconds*1000)
	}
	return err
}
