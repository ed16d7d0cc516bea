using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Talo.Reactive.Sessions;

namespace Talo.Reactive;

/// <summary>
/// Keeps a session in a file of its own. Whoever can read the file can play as the player: put it where only the user of the
/// machine can (on Unix the file itself is made so where .NET can), and leave it out of saves that are synchronised or shared.
/// </summary>
/// <remarks>
/// Each save replaces the file in one step: a crash leaves the old or the new session, never half of one. A damaged file counts as
/// no session, and is reported on <c>Faults</c>. Not for two clients at a time. The file is a few hundred bytes, read and written
/// at once on the thread that asks.
/// </remarks>
public sealed class FileSessionStore : ISessionStore
{
    private readonly string path;

    /// <summary>A store in a file. Nothing is read or written yet.</summary>
    /// <param name="path">The file; its folder is made when it is first needed.</param>
    /// <exception cref="ArgumentException">The path is blank.</exception>
    public FileSessionStore(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new ArgumentException("Give the path of a file in a folder that the game may write, such as the one for its settings.", nameof(path));
        this.path = Path.GetFullPath(path);
    }

    /// <inheritdoc/>
    public Task<PlayerSession?> LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult<PlayerSession?>(File.Exists(path) ? SessionText.Read(File.ReadAllBytes(path)) : null);
        }
        catch (Exception error) when (IsFileTrouble(error))
        {
            return Task.FromException<PlayerSession?>(new IOException($"The session in {path} could not be read. {error.Message}", error));
        }
    }

    /// <inheritdoc/>
    public Task SaveAsync(PlayerSession session, CancellationToken cancellationToken)
    {
        if (session is null) throw new ArgumentNullException(nameof(session));
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var next = path + ".new";
            File.Delete(next);
            Write(next, SessionText.Write(session));
            if (File.Exists(path)) File.Replace(next, path, null);
            else File.Move(next, path);
            return Task.CompletedTask;
        }
        catch (Exception error) when (IsFileTrouble(error))
        {
            return Task.FromException(new IOException($"The session could not be written to {path}. {error.Message}", error));
        }
    }

    /// <inheritdoc/>
    public Task ClearAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (File.Exists(path)) File.Delete(path);
            return Task.CompletedTask;
        }
        catch (Exception error) when (IsFileTrouble(error))
        {
            return Task.FromException(new IOException($"The session in {path} could not be deleted. {error.Message}", error));
        }
    }

    private static bool IsFileTrouble(Exception error) => error is IOException or UnauthorizedAccessException or InvalidDataException;

    private static void Write(string file, byte[] text)
    {
#if NET8_0_OR_GREATER
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(file, options);
#else
        using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write);
#endif
        stream.Write(text, 0, text.Length);
        // On the disk before it takes the place of the old one.
        stream.Flush(flushToDisk: true);
    }
}
