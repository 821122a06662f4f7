package dev.agentrunner.yaml.expression;

import java.util.List;

/** Expressions that would take all the time or all the memory that there is. */
final class Hostile {

    static final List<String> EXPRESSIONS = List.of(
            // never ends
            "($f := function($n) { $f($n) }; $f(1))",
            "($f := function($n) { 1 + $f($n) }; $f(1))",
            "true and ($f := function($n) { $f($n) }; $f(1))",
            "$map([1..100000], function($i) { $map([1..100000], function($j) { $i * $j }) })",
            "[1..3000].([1..3000].($ * 2))",
            "$sort([1..100000], function($a, $b) { ($map([1..100], function($x) { $x }); $a > $b) })",
            "($l := [1..900000]; $map($l, function($i) { $i in $l }))",
            "($l := [1..900000]; $l[$l[$ = 5]])",
            "$distinct([1..900000].($string($)))",
            "$reduce([1..1000000], $append)",
            // grows
            "[1..10000000]",
            "[1..1000000].[1..1000000]",
            "[1..1000].($pad('x', 1000000))",
            "$pad('x', 1000000000)",
            "$pad('x', -1000000000, 'abc')",
            "($f := function($n) { $f($n & $n) }; $f('abcdefgh'))",
            "$reduce([1..60], function($a, $i) { $a & $a }, 'x')",
            "$reduce([1..60], function($a, $i) { {'a': $a, 'b': $a} }, {'v': 1})",
            "$reduce([1..60], function($a, $i) { [[$a], [$a]] }, [1])",
            "$reduce([1..60], function($a, $i) { $append($a, $a) }, [1])",
            "$reduce([1..60], function($a, $i) { $merge([$a, {$string($i): $a}]) }, {'x': 1})",
            "$string($reduce([1..40], function($a, $i) { {'a': $a, 'b': $a} }, {'v': 1}))",
            "$reduce([1..100000], function($a, $i) { {'a': $a} }, {'v': 1})",
            "$replace($pad('a', 1000000, 'a'), 'a', $pad('b', 1000000, 'b'))",
            "$replace($pad('a', 1000000, 'a'), /a/, $pad('b', 1000000, 'b'))",
            "$join($map([1..100000], function($i) { '' }), $pad('x', 1000000))",
            "$split($pad('x', 16000000), '')",
            "$split($pad('x', 8000000, 'x'), /x/)",
            "$match($pad('x', 8000000, 'x'), /x/)",
            "[1..900000].{'a': 1, 'b': 2, 'c': 3}",
            "$spread([1..900000].{'a': 1})",
            "[1..900000]@$a.[1..900000]@$b.($a + $b)",
            "([1..100000]@$a){'k': $a}",
            "$encodeUrlComponent($pad('x', 4000000, ' '))",
            "({'a': 1} ~> |$|{'self': $}|)",
            "$string({'a': 1} ~> |$|{'self': $}|)",
            // searches for long
            "$contains($pad('a', 100000, 'a') & 'b', /(a*)*c/)",
            "$match($pad('a', 9000, 'a'), /(a|b)*c/)",
            "$replace($pad('a', 100000, 'a'), /(x+x+)+y|(a*)*b/, '')",
            "$substringBefore($pad('a', 8000000, 'a'), $pad('a', 4000000, 'a') & 'b')",
            "$contains($pad('a', 8000000, 'a'), $pad('a', 4000000, 'a') & 'b')",
            "$formatInteger(12, $pad('0', 1000000, '0'))",
            "$fromMillis(0, '[Y,99999999-99999999]')");

    private Hostile() {}
}
