namespace Helu.Build.Tests;

/// <summary>A test of what the task does on Linux; elsewhere the task does nothing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "The task acts on Linux only.";
}
