// Package house guards the order of the packages: its test reads every file of
// the module and fails where one imports from its own floor or above.
package house
