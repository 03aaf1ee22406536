import { AppError } from '../../../domain/core/errors.ts';

/** Later it will work: the process tries again. */
export const unavailable = (message: string): AppError => new AppError('unavailable', 'TRY_AGAIN_LATER', message);
