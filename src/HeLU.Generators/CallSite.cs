namespace Helu.Generators;

/// <summary>Where a call stands that is redirected, as plain values.</summary>
/// <param name="Place">Member, file name, line and column of the call.</param>
/// <param name="Code">The call, shortened to one line.</param>
/// <param name="Version">The version of <paramref name="Data"/>'s format.</param>
/// <param name="Data">The compiler's name for the place: a checksum of the file, and a position in it.</param>
internal sealed record CallSite(string Place, string Code, int Version, string Data);
