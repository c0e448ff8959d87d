package bench

import (
	"fmt"
	"io"
	"strings"
)

// Text prints a report for people.
func Text(w io.Writer, r Report) error {
	var out strings.Builder
	for _, row := range r.Rows {
		fmt.Fprintf(&out, "%d pages, %d modules, %d languages; medians of %d runs\n\n", row.Pages, row.Modules, row.Languages, row.Runs)
		fmt.Fprintf(&out, "  %-10s %9s %9s %9s\n", "", "lectern", "hugo", "ratio")
		fmt.Fprintf(&out, "  %-10s %9.2f %9.2f %9.2f\n", "CPU s", row.Lectern.CPU, row.Hugo.CPU, row.CPURatio)
		fmt.Fprintf(&out, "  %-10s %9.2f %9.2f %9.2f\n", "wall s", row.Lectern.Wall, row.Hugo.Wall, row.WallRatio)
		fmt.Fprintf(&out, "  %-10s %9.0f %9.0f %9.2f\n\n", "peak MiB", mebi(row.Lectern.Peak), mebi(row.Hugo.Peak), row.PeakRatio)
		fmt.Fprintf(&out, "  %-10s %9s %9s\n", "stage", "wall s", "Go MiB")
		for _, s := range row.Stages {
			fmt.Fprintf(&out, "  %-10s %9.2f %9.0f\n", s.Name, s.Seconds, mebi(s.Memory))
		}
		fmt.Fprintf(&out, "\n  %-24s %9s %9s %9s %9s\n", "one text changed", "ms", "worst ms", "pages", "limit")
		for _, c := range row.Changes {
			fmt.Fprintf(&out, "  %-24s %9.0f %9.0f %9d %9d\n", c.What+", read in "+c.Lang, c.Milliseconds, c.Worst, c.Pages, c.Limit)
		}
		out.WriteByte('\n')
	}
	_, err := io.WriteString(w, out.String())
	return err
}

func mebi(bytes int64) float64 { return float64(bytes) / (1 << 20) }
