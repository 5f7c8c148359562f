package wording

// HeadBytes is how many bytes of a phrase Head looks at.
const HeadBytes = 3

// Heads is how many values Head has: far more than a line has words.
const Heads = 1 << 12

// Head returns a number below Heads for the first HeadBytes bytes of s, which has as many.
// Where a phrase begins at no place of a text with its number, it is not in there.
func Head(s string) int {
	return int((uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16) * 0x9E3779B1 >> 20)
}
