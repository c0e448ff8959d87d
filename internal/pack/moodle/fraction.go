package moodle

import (
	"math"
	"strconv"

	"lectern/internal/course"
)

// grades are the fractions that Moodle accepts, in per cent (question_bank::fraction_options_full); their negatives too.
var grades = []float64{
	100, 90, 500.0 / 6, 80, 75, 70, 200.0 / 3, 60, 50, 40, 100.0 / 3, 30, 25, 20, 100.0 / 6, 100.0 / 7, 12.5, 100.0 / 9, 10, 5, 0,
}

// grade is the nearest fraction that Moodle accepts.
func grade(percent float64) float64 {
	best := 0.0
	for _, g := range grades {
		if math.Abs(percent-g) < math.Abs(percent-best) {
			best = g
		}
	}
	return best
}

func percent(g float64) int { return int(math.Round(g)) }

// shown writes a grade with the five decimals by which Moodle knows it.
func shown(g float64) string {
	return strconv.FormatFloat(math.Round(g*1e5)/1e5, 'f', -1, 64)
}

// fractions gives each option its points: right ones share the whole, wrong ones take as much away.
func fractions(options []course.Option) []float64 {
	right := 0
	for _, o := range options {
		if o.Correct {
			right++
		}
	}
	out := make([]float64, len(options))
	seen := 0
	for i, o := range options {
		share := grade(100 / float64(max(right, 1)))
		if right > 10 && right < 20 { // tenths and twentieths make the whole, where no equal share does
			share = 5
			if o.Correct && seen < 20-right {
				share = 10
			}
		}
		switch {
		case o.Correct:
			out[i] = share
			seen++
		case right > 0:
			out[i] = -share
		}
	}
	return out
}

// single gives the options of which one is right their points.
func single(options []course.Option) []float64 {
	out := make([]float64, len(options))
	for i, o := range options {
		if o.Correct {
			out[i] = 100
		}
	}
	return out
}
