namespace Crm.Data.Seed;

/// <summary>Chance that falls alike on every machine and every .NET, so that the same clock gives the same shop (SplitMix64).</summary>
sealed class SeedDice(ulong seed)
{
    private ulong state = seed;

    /// <summary>From 0 up to, but without, the bound.</summary>
    public int Below(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>Both ends are possible.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    /// <summary>From 0 up to, but without, 1.</summary>
    public double Share() => (Next() >> 11) / (double)(1UL << 53);

    public bool Chance(double share) => Share() < share;

    public T Pick<T>(IReadOnlyList<T> of) => of[Below(of.Count)];

    /// <summary>Takes the heavier ones more often; a weight of 0 is never taken while another is heavier.</summary>
    public T Weighted<T>(IReadOnlyList<T> of, Func<T, double> weight) => Weighted(of, [.. of.Select(weight)]);

    /// <inheritdoc cref="Weighted{T}(IReadOnlyList{T}, Func{T, double})"/>
    public T Weighted<T>(IReadOnlyList<T> of, double[] weights)
    {
        var left = Share() * weights.Sum();
        for (var i = 0; i < of.Count; i++)
        {
            left -= weights[i];
            if (left < 0) return of[i];
        }
        return of[^1];
    }

    /// <summary>So many decimal digits.</summary>
    public string Digits(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => (char)('0' + Below(10))));

    private ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
