package fetch

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
)

// An AllowNet names addresses that may be visited although they are not public.
type AllowNet struct {
	Prefix netip.Prefix
	Port   uint16 // 0 for every port
}

// ParseAllowNet reads an address or a CIDR range, with or without a port:
// "203.0.113.0/24", "127.0.0.1:8080", "[::1]:80", "[fd00::/8]:80", "127.0.0.1".
func ParseAllowNet(s string) (AllowNet, error) {
	host, port := s, ""
	if rest, ok := strings.CutPrefix(s, "["); ok {
		host, port, ok = strings.Cut(rest, "]")
		if !ok || port != "" && port[0] != ':' {
			return AllowNet{}, allowNetError(s)
		}
	} else if strings.Count(s, ":") == 1 {
		i := strings.IndexByte(s, ':')
		host, port = s[:i], s[i:]
	}
	a := AllowNet{}
	if port != "" {
		n, err := strconv.ParseUint(port[1:], 10, 16)
		if err != nil || n == 0 {
			return AllowNet{}, allowNetError(s)
		}
		a.Port = uint16(n)
	}
	var err error
	if a.Prefix, err = parsePrefix(host); err != nil {
		return AllowNet{}, allowNetError(s)
	}
	return a, nil
}

func allowNetError(s string) error {
	return fmt.Errorf("parse allowed network %q: want an address or CIDR range such as 10.0.0.0/8 or 127.0.0.1:8080", s)
}

func parsePrefix(s string) (netip.Prefix, error) {
	if strings.Contains(s, "/") {
		p, err := netip.ParsePrefix(s)
		if p.Addr().Is4In6() {
			return netip.Prefix{}, fmt.Errorf("mapped range %q", s)
		}
		return p.Masked(), err
	}
	a, err := netip.ParseAddr(s)
	if err != nil || a.Zone() != "" {
		return netip.Prefix{}, fmt.Errorf("bad address %q", s)
	}
	a = a.Unmap()
	return netip.PrefixFrom(a, a.BitLen()), nil
}

// String returns what ParseAllowNet reads.
func (a AllowNet) String() string {
	if a.Port == 0 {
		return a.Prefix.String()
	}
	if a.Prefix.Addr().Is6() {
		return fmt.Sprintf("[%s]:%d", a.Prefix, a.Port)
	}
	return fmt.Sprintf("%s:%d", a.Prefix, a.Port)
}

// An unsafeError reports an address that the guard refuses.
type unsafeError struct {
	addr netip.Addr
	kind string
}

func (e *unsafeError) Error() string {
	return fmt.Sprintf("%s is no public address (%s)", e.addr, e.kind)
}

// guard returns an *unsafeError where a may not be visited.
func guard(a netip.AddrPort, allowed []AllowNet) error {
	addr := a.Addr().Unmap().WithZone("")
	for _, n := range allowed {
		if n.Prefix.Contains(addr) && (n.Port == 0 || n.Port == a.Port()) {
			return nil
		}
	}
	if kind := special(addr); kind != "" {
		return &unsafeError{addr, kind}
	}
	return nil
}

// special returns what a range is for that is not public unicast, or "".
func special(addr netip.Addr) string {
	if !addr.IsValid() {
		return "invalid"
	}
	for _, r := range ranges {
		if r.prefix.Contains(addr) {
			return r.kind
		}
	}
	if addr.Is6() && !globalUnicast.Contains(addr) {
		return "outside of global unicast"
	}
	return ""
}

// globalUnicast is all that IANA has opened of IPv6 (RFC 4291 section 2.4).
var globalUnicast = netip.MustParsePrefix("2000::/3")

// ranges are those of the IANA special-purpose address registries (RFC 6890),
// the globally reachable ones included, since no news site is in them; multicast;
// and the one public address that a cloud gives to its metadata service.
var ranges = []struct {
	prefix netip.Prefix
	kind   string
}{
	{netip.MustParsePrefix("0.0.0.0/8"), "this network"},
	{netip.MustParsePrefix("10.0.0.0/8"), "private"},
	{netip.MustParsePrefix("100.64.0.0/10"), "shared by a carrier"},
	{netip.MustParsePrefix("127.0.0.0/8"), "loopback"},
	{netip.MustParsePrefix("168.63.129.16/32"), "cloud metadata"},
	{netip.MustParsePrefix("169.254.0.0/16"), "link-local"},
	{netip.MustParsePrefix("172.16.0.0/12"), "private"},
	{netip.MustParsePrefix("192.0.0.0/24"), "protocol assignment"},
	{netip.MustParsePrefix("192.0.2.0/24"), "documentation"},
	{netip.MustParsePrefix("192.31.196.0/24"), "AS112"},
	{netip.MustParsePrefix("192.52.193.0/24"), "AMT"},
	{netip.MustParsePrefix("192.88.99.0/24"), "6to4 relay"},
	{netip.MustParsePrefix("192.168.0.0/16"), "private"},
	{netip.MustParsePrefix("192.175.48.0/24"), "AS112"},
	{netip.MustParsePrefix("198.18.0.0/15"), "benchmarking"},
	{netip.MustParsePrefix("198.51.100.0/24"), "documentation"},
	{netip.MustParsePrefix("203.0.113.0/24"), "documentation"},
	{netip.MustParsePrefix("224.0.0.0/4"), "multicast"},
	{netip.MustParsePrefix("240.0.0.0/4"), "reserved"},
	{netip.MustParsePrefix("::/128"), "unspecified"},
	{netip.MustParsePrefix("::1/128"), "loopback"},
	{netip.MustParsePrefix("::/96"), "IPv4-compatible"},
	{netip.MustParsePrefix("::ffff:0:0:0/96"), "IPv4-translated"},
	{netip.MustParsePrefix("64:ff9b::/96"), "NAT64"},
	{netip.MustParsePrefix("64:ff9b:1::/48"), "NAT64"},
	{netip.MustParsePrefix("100::/64"), "discard only"},
	{netip.MustParsePrefix("2001::/32"), "Teredo"},
	{netip.MustParsePrefix("2001::/23"), "protocol assignment"},
	{netip.MustParsePrefix("2001:db8::/32"), "documentation"},
	{netip.MustParsePrefix("2002::/16"), "6to4"},
	{netip.MustParsePrefix("2620:4f:8000::/48"), "AS112"},
	{netip.MustParsePrefix("3fff::/20"), "documentation"},
	{netip.MustParsePrefix("5f00::/16"), "segment routing"},
	{netip.MustParsePrefix("fc00::/7"), "unique local"},
	{netip.MustParsePrefix("fe80::/10"), "link-local"},
	{netip.MustParsePrefix("fec0::/10"), "site-local"},
	{netip.MustParsePrefix("ff00::/8"), "multicast"},
}
