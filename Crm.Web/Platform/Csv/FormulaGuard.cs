using System.Globalization;

namespace Crm.Web.Platform.Csv;

/// <summary>
/// Keeps what people typed from running as a formula in a spreadsheet: a cell whose first visible character starts one gets a
/// leading apostrophe, which <see cref="Undo"/> takes away again when such a file is read back.
/// </summary>
public static class FormulaGuard
{
    private const char Mark = '\'';

    public static string Defuse(string cell) => StartsFormula(cell) || IsMarked(cell) ? Mark + cell : cell;

    public static string Undo(string cell) => IsMarked(cell) ? cell[1..] : cell;

    // A text that already looks defused is marked once more, so that undoing gives back exactly what was there.
    private static bool IsMarked(string cell) => cell.Length > 0 && cell[0] == Mark && (StartsFormula(cell[1..]) || IsMarked(cell[1..]));

    private static bool StartsFormula(string cell)
    {
        foreach (var ch in cell)
        {
            if (IsInvisible(ch) || ch is '"' or ';' or ',' or '|') continue;
            return ch is '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠' or '−' or '﹦' or '﹢' or '﹣' or '﹫';
        }
        return false;
    }

    private static bool IsInvisible(char ch) => char.IsWhiteSpace(ch) || char.IsControl(ch)
        || CharUnicodeInfo.GetUnicodeCategory(ch) is UnicodeCategory.Format or UnicodeCategory.NonSpacingMark;
}
