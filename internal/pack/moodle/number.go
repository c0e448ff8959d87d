package moodle

import (
	"errors"
	"math"
	"math/big"
	"strconv"
	"strings"

	"lectern/internal/course"
)

func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// middle is a range as a number and a tolerance, exactly, in decimals.
func middle(n course.NumberRange) (answer, tolerance string) {
	least, most := rational(n.Least), rational(n.Most)
	half := big.NewRat(1, 2)
	sum := new(big.Rat).Mul(new(big.Rat).Add(least, most), half)
	difference := new(big.Rat).Mul(new(big.Rat).Sub(most, least), half)
	return decimal(sum), decimal(difference)
}

// rational is the number that a person reads, not the nearest sum of powers of two.
func rational(v float64) *big.Rat {
	r, ok := new(big.Rat).SetString(number(v))
	if !ok {
		return new(big.Rat)
	}
	return r
}

func decimal(r *big.Rat) string {
	digits, _ := r.FloatPrec()
	return r.FloatString(digits)
}

// bounds are the ends of answer ± tolerance, as a person would reckon them.
func bounds(answer, tolerance string) (course.NumberRange, error) {
	var n course.NumberRange
	a, err := exactly(answer)
	if err != nil {
		return n, err
	}
	t, err := exactly(tolerance)
	if err != nil {
		return n, err
	}
	t.Abs(t)
	n.Least, _ = new(big.Rat).Sub(a, t).Float64()
	n.Most, _ = new(big.Rat).Add(a, t).Float64()
	if math.IsInf(n.Least, 0) || math.IsInf(n.Most, 0) {
		return n, errNumber
	}
	return n, nil
}

// exactly reads a number without rounding it to a float, unless it is one that nobody writes out.
func exactly(s string) (*big.Rat, error) {
	v, err := parseNumber(s)
	if err != nil {
		return nil, err
	}
	s = strings.Replace(strings.TrimSpace(s), ",", ".", 1)
	if len(s) > 400 || strings.ContainsAny(s, "eE") {
		return rational(v), nil
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return nil, errNumber
	}
	return r, nil
}

var errNumber = errors.New("not a number")

// parseNumber reads a number as Moodle does: digits with a point or comma before decimals.
func parseNumber(s string) (float64, error) {
	s = strings.Replace(strings.TrimSpace(s), ",", ".", 1)
	if s == "" || strings.Trim(s, "0123456789.+-eE") != "" {
		return 0, errNumber
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 0, errNumber
	}
	return v, nil
}
