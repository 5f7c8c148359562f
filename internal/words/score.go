package words

import "math"

// A Scale tells how relevant texts are to terms (Okapi BM25, Robertson and others 1994).
type Scale struct {
	Texts  float64   // how many there are
	Mean   float64   // of their lengths
	Having []float64 // how many of them have each term
}

// Score sums up what each term counts in a text of that length.
func (s *Scale) Score(weights []float32, length int) (sum float64) {
	const k, b = 1.2, 0.75
	for i, w := range weights {
		rare := max(1e-6, math.Log((s.Texts-s.Having[i]+0.5)/(s.Having[i]+0.5))) // also where most have it
		sum += rare * float64(w) * (k + 1) / (float64(w) + k*(1-b+b*float64(length)/s.Mean))
	}
	return sum
}
